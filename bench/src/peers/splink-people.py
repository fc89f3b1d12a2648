"""Splink puts records of people together: python splink-people.py MODEL WEIGHT... < records

Records are JSON lines with `record`, `truth` (whose it is; for judging only) and the columns of the model, empty where nothing is
stated. It learns without labels. The first line printed is {"seconds": s, "pairs": [{"weight": w, "true": n, "predicted": n,
"right": n}]}, pairs being those whose match weight (bits) is at least the one given. Then follows for each record
{"record": r, "truth": t, "clusters": [c]}, by the same weights.
"""
import json
import logging
import sys
import time

import duckdb
import pandas
from splink import DuckDBAPI, Linker, SettingsCreator
from splink_models import MODELS

RANDOM_PAIRS = 1e6

logging.disable(logging.WARNING)
model = MODELS[sys.argv[1]]()
weights = sorted(float(weight) for weight in sys.argv[2:])

people = pandas.DataFrame(json.loads(line) for line in sys.stdin).replace("", None)
true = sum(size * (size - 1) // 2 for size in people["truth"].value_counts())
started = time.monotonic()
connection = duckdb.connect()
settings = SettingsCreator(
    link_type="dedupe_only",
    unique_id_column_name="record",
    additional_columns_to_retain=["truth"],
    comparisons=model.comparisons,
    blocking_rules_to_generate_predictions=model.blocks,
    retain_matching_columns=False,
)
linker = Linker(DuckDBAPI(connection).register(people), settings, log_level=None)
training = linker.training
training.estimate_probability_two_random_records_match(model.certain, recall=0.9)
training.estimate_u_using_random_sampling(max_pairs=RANDOM_PAIRS, seed=1)
for rule in model.learning:
    training.estimate_parameters_using_expectation_maximisation(rule, record_sample_proportion=1.0)

predicted = linker.inference.predict(threshold_match_weight=weights[0])
pairs = []
clusters = None
for weight in weights:
    [(count, right)] = connection.execute(
        f"select count(*), count(*) filter (truth_l = truth_r) from {predicted.physical_name} where match_weight >= ?",
        [weight],
    ).fetchall()
    pairs.append({"weight": weight, "true": int(true), "predicted": count, "right": right})
    clustered = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, threshold_match_weight=weight)
    column = clustered.as_pandas_dataframe().set_index("record")["cluster_id"].rename(str(weight))
    clusters = column.to_frame() if clusters is None else clusters.join(column)

print(json.dumps({"seconds": time.monotonic() - started, "pairs": pairs}))
for record, truth in zip(people["record"], people["truth"]):
    print(json.dumps({"record": record, "truth": truth, "clusters": [str(one) for one in clusters.loc[record]]}))
