"""Splink finds who may be the same as one record after the other: python splink-match.py MODEL ASKED < records

Records are JSON lines as for splink-people.py. It learns from all, then is asked with ASKED of them, one at a time, as its own
documentation does for records that come later. Prints {"milliseconds": [ms], "found": n}, n being those that it found by themselves.
"""
import json
import logging
import sys
import time

import duckdb
import pandas
from splink import DuckDBAPI, Linker, SettingsCreator
from splink_models import MODELS

logging.disable(logging.WARNING)
model = MODELS[sys.argv[1]]()
wanted = int(sys.argv[2])

people = pandas.DataFrame(json.loads(line) for line in sys.stdin).replace("", None)
settings = SettingsCreator(
    link_type="dedupe_only",
    unique_id_column_name="record",
    comparisons=model.comparisons,
    blocking_rules_to_generate_predictions=model.blocks,
    retain_matching_columns=False,
)
database = DuckDBAPI(duckdb.connect())
known = database.register(people)
linker = Linker(known, settings, log_level=None)
training = linker.training
training.estimate_probability_two_random_records_match(model.certain, recall=0.9)
training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
for rule in model.learning:
    training.estimate_parameters_using_expectation_maximisation(rule, record_sample_proportion=1.0)

milliseconds = []
found = 0
for record in people.iloc[:: max(1, len(people) // wanted)].head(wanted).to_dict("records"):
    asked = pandas.DataFrame([{**record, "record": "asked"}])
    started = time.monotonic()
    matches = linker.inference.predict_between(known, database.register(asked), threshold_match_weight=0)
    rows = matches.as_pandas_dataframe()
    milliseconds.append(1000 * (time.monotonic() - started))
    found += record["record"] in set(rows["record_l"]) | set(rows["record_r"])
print(json.dumps({"milliseconds": milliseconds, "found": found}))
