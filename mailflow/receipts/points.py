"""What each piece of evidence is worth, fitted on drawn proofs: `./dev bench receipt_points`.

In decibans: 10 points make a claim ten times as likely, 20 a hundred times. A claim starts at
`START`, which is how likely it is before anything speaks for it, and is believed at `ENOUGH`.
"""

ENOUGH = 20

START = {"account": -22, "amount": -23, "payment": -10}
POINTS = {
    "account": {
        "account_in_full": 61,
        "account_tail_of_five": 52,
        "account_tail_and_more": 50,
        "account_few_digits": 20,
        "unlabelled_in_full": 55,
        "unlabelled_tail_of_five": 45,
        "unlabelled_tail_and_more": 45,
        "unlabelled_few_digits": 10,
        "number_noted": 50,
        "barcode_account": 60,
    },
    "amount": {
        "amount_labelled": 48,
        "amount_of_total": 30,
        "amount_alone": 30,
        "sum_stands": 20,
        "total_stands": 15,
        "sum_stands_twice": 8,
        "sum_is_large": 10,
        "amount_reread": 15,
        "looked_again": 15,
        "looked_twice": 5,
        "witnessed": 15,
        "adds_up": 15,
        "cash_less_change": 10,
        "due_agrees": 10,
        "in_words": 20,
        "barcode_amount": 25,
        "sum_unexplained": -20,
        "sums_unexplained": -20,
        "may_have_faded": -8,
    },
    "payment": {
        "booked": 41,
        "paid_word": 40,
        "status_row": 40,
        "cash_counted": 14,
        "store_proof": 38,
        "stamp": 40,
        "dated_stamp": 0,
        "validated": 40,
        "receipt_title": 38,
        "time_of_day": 14,
        "reference": 0,
    },
}
