"""The sandbox office: its own mail servers, sample students, nothing leaves the machine."""
