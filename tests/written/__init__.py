"""Mail written by hand, put into the clothes of the clients that send it, with its labels."""
