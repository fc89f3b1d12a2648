"""Splink's settings for each set of people: what is compared how, which pairs are looked at, and in which blocks it learns."""
from dataclasses import dataclass

import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import block_on


@dataclass(frozen=True)
class Model:
    comparisons: list
    blocks: list
    #: Pairs by these are nearly always of one person; from how many there are, splink guesses how many pairs are true.
    certain: list
    #: Splink learns m by EM within each of these, of all comparisons that the block does not fix.
    learning: list


def words(column):
    return cl.JaroWinklerAtThresholds(column, [0.9, 0.7]).configure(term_frequency_adjustments=True)


def often(comparison):
    return comparison.configure(term_frequency_adjustments=True)


def date_of_birth(column):
    return cl.DateOfBirthComparison(column, input_is_string=True, datetime_format="%Y%m%d")


def febrl_certain():
    return [
        block_on("soc_sec_id"),
        block_on("given_name", "surname", "date_of_birth"),
        "l.given_name = r.surname and l.surname = r.given_name and l.date_of_birth = r.date_of_birth",
    ]


FEBRL_BLOCKS = ["soc_sec_id", "given_name", "surname", "date_of_birth", "postcode"]


def febrl_example():
    """As splink's own documentation has it for FEBRL 3 (its example "Deduplicating the febrl3 dataset")."""
    return Model(
        comparisons=[
            cl.NameComparison("given_name"),
            cl.NameComparison("surname"),
            date_of_birth("date_of_birth"),
            cl.DamerauLevenshteinAtThresholds("soc_sec_id", [2]),
            often(cl.ExactMatch("street_number")),
            often(cl.ExactMatch("postcode")),
        ],
        blocks=[block_on(column) for column in FEBRL_BLOCKS],
        certain=febrl_certain(),
        learning=[block_on("date_of_birth"), block_on("postcode")],
    )


def febrl():
    """With all fields, which splink's example leaves out in part: as good as we get it."""
    return Model(
        comparisons=[
            cl.ForenameSurnameComparison("given_name", "surname"),
            date_of_birth("date_of_birth"),
            cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
            often(cl.ExactMatch("street_number")),
            often(cl.DamerauLevenshteinAtThresholds("postcode", [1, 2])),
            words("suburb"),
            words("address_1"),
            words("address_2"),
        ],
        blocks=[block_on(column) for column in [*FEBRL_BLOCKS, "suburb", "address_1", "address_2", "street_number"]],
        certain=febrl_certain(),
        learning=[block_on("date_of_birth"), block_on("postcode"), block_on("surname", "given_name")],
    )


def province():
    """Names by characters, then by sound; numbers and phones by how many have them, so that shared ones say little."""
    name = cl.CustomComparison(
        output_column_name="name",
        comparison_levels=[
            cll.NullLevel("sound"),
            cll.ExactMatchLevel("name", term_frequency_adjustments=True),
            cll.ExactMatchLevel("sound", term_frequency_adjustments=True),
            cll.LevenshteinLevel("name", 1),
            cll.JaroWinklerLevel("sound", 0.9),
            cll.ElseLevel(),
        ],
    )
    # Twins' numbers are a digit or two apart, and both right: only where a check character is wrong may it have been a slip.
    a_slip = cll.CustomLevel("id_is_right_l is null or id_is_right_r is null", label_for_charts="one is wrong")
    id_number = cl.CustomComparison(
        output_column_name="id_number",
        comparison_levels=[
            cll.NullLevel("id_number"),
            cll.ExactMatchLevel("id_number", term_frequency_adjustments=True),
            cll.And(cll.DamerauLevenshteinLevel("id_number", 2), a_slip),
            cll.ElseLevel(),
        ],
    )
    return Model(
        comparisons=[
            name,
            date_of_birth("birth_date"),
            cl.ExactMatch("sex"),
            id_number,
            cl.DamerauLevenshteinAtThresholds("insurance", [1]),
            cl.DamerauLevenshteinAtThresholds("health_card", [1]),
            often(cl.ExactMatch("phone")),
            often(cl.JaroWinklerAtThresholds("address", [0.9])),
        ],
        blocks=[
            block_on("id_number"),
            block_on("insurance"),
            block_on("health_card"),
            block_on("name", "birth_date"),
            block_on("sound", "birth_date"),
            block_on("name", "phone"),
            block_on("birth_date", "phone"),
            block_on("name", "address"),
        ],
        certain=[block_on("id_number", "name"), block_on("insurance", "name")],
        learning=[block_on("id_number"), block_on("name", "birth_date"), block_on("insurance")],
    )


MODELS = {"febrl-example": febrl_example, "febrl": febrl, "province": province}
