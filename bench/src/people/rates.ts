/**
 * How often things are so, and how often they go wrong, in a generated province. Each has where its figure comes from. Most are
 * assumed: what is published says that these things happen, rarely how often. Shares are from 0 to 1.
 */
export const RATES = {
  // Persons and households
  twinsAmongTwoChildren: {
    rate: 0.07,
    from: 'assumed: with it about one person in sixty is a twin, as births of two are about one in a hundred',
  },
  twinsOfOneSex: {
    rate: 0.67,
    from: 'general knowledge: a third of twins are identical, half of the others are of one sex',
  },
  mothersSurname: {
    rate: 0.08,
    from: 'names of 2020, Ministry of Public Security: about one child in twelve has the mother’s surname',
  },
  nameTwin: {
    rate: 0.01,
    from: 'assumed: of heads of households, those with the name and birth date of one who lives elsewhere, where both dates are known, beside those who come by chance',
  },
  bornFirstOfJanuary: {
    rate: 0.25,
    from: 'assumed: of heads of small households, those registered as born on the first of January for want of a date; about two persons in a hundred',
  },
  minorityHousehold: { rate: 0.01, from: 'assumed: households with names of several parts, joined by a middle dot' },
  westernHousehold: {
    rate: 0.14,
    from: 'assumed: of households in the one district with foreigners, about one in a thousand of the province',
  },
  permanentResident: {
    rate: 0.2,
    from: 'assumed: of foreigners, those with a permanent residence card; the others have passports',
  },
  hongKongMacaoTaiwan: { rate: 0.1, from: 'assumed: of persons in the one district with such residents' },
  rareCharacter: {
    rate: 0.04,
    from: 'domain.md 4.4: about 60 million of 1.4 billion people have a rare character in their name',
  },
  outsideGbk: { rate: 0.15, from: 'assumed: of rare characters, those outside of GBK, which old systems lose' },
  fromOtherProvince: { rate: 0.15, from: 'assumed: persons whose resident id was given out in another province' },
  ownPhone: { rate: 0.65, from: 'assumed: adults who give a number of their own; the others give the household’s' },

  // Records of a person
  anotherRecord: { rate: 0.26, from: 'domain.md 9: 1.2 to 1.5 records a head' },
  sameHospitalAgain: { rate: 0.2, from: 'assumed: of further records, those of a hospital that has one already' },
  deviceOnly: {
    rate: 0.015,
    from: 'assumed: records by images alone, which only a device describes: pinyin and no id',
  },
  unknownEmergency: { rate: 0.0005, from: 'domain.md 4.2 has them; how many is assumed' },
  newbornRecord: {
    rate: 0.9,
    from: 'assumed: of those born in the last year, first records made before they had a name',
  },
  mothersIdAsOwn: { rate: 0.1, from: 'assumed: of newborns, those under whose own number the mother’s was typed' },
  completedLater: {
    rate: 0.5,
    from: 'domain.md 4.2: newborns get a name, unknown emergencies an identity; assumed: half of the records that began without an id get it later',
  },
  testPatient: {
    rate: 0.0005,
    from: 'assumed: records of nobody, made to try a device or program, in proportion to persons',
  },
  recycledNumber: {
    rate: 0.00002,
    from: 'domain.md 4.2 has them; how many is assumed: a number of a hospital that another had before',
  },

  // Numbers
  noIdTertiary: {
    rate: 0.01,
    from: 'assumed: outpatients register by their real name; without an id come emergencies and children',
  },
  noIdSecondary: { rate: 0.02, from: 'assumed, as above, with more registration by hand' },
  noIdPrimary: { rate: 0.04, from: 'assumed, as above, with most registration by hand' },
  placeholderId: {
    rate: 0.3,
    from: 'domain.md 4.2 has them; assumed: of records without an id, those with something typed in its place',
  },
  registrarsId: {
    rate: 0.1,
    from: 'domain.md 4.2 has them; assumed: of what is typed in place of an id, a clerk’s own, which is valid',
  },
  borrowedCard: {
    rate: 0.0005,
    from: 'domain.md 4.2 has them; how many is assumed: a relative’s card, with one’s own name',
  },
  birthDateFromCard: {
    rate: 0.3,
    from: 'assumed: of borrowed cards, those from whose number the program takes birth date and sex',
  },
  wrongIdDigit: { rate: 0.002, from: 'assumed: 15 of 100 ids are typed by hand, one in 75 of those wrongly' },
  swappedIdDigits: { rate: 0.0005, from: 'assumed: as above' },
  fifteenDigitId: {
    rate: 0.02,
    from: 'assumed: of those born before 1960, ids in the form that was given out until 1999',
  },
  fullWidthId: { rate: 0.003, from: 'domain.md 4.1 has them; how many is assumed' },
  spacedId: { rate: 0.003, from: 'domain.md 4.1 has them; how many is assumed' },
  smallX: { rate: 0.1, from: 'domain.md 4.1 has them; assumed: of ids that end in X' },
  insuranceNumber: {
    rate: 0.55,
    from: 'assumed: records with the number of the medical insurance, more or less independent of the id',
  },
  healthCard: { rate: 0.2, from: 'assumed: records with the number of a health card' },
  wrongCardDigit: { rate: 0.001, from: 'assumed: fewer than in ids, since cards are read' },

  // Names
  homophone: { rate: 0.004, from: 'assumed: another character of the same sound, which an input method offers' },
  likeCharacter: { rate: 0.002, from: 'assumed: another character of a like shape' },
  variantSurname: { rate: 0.03, from: 'domain.md 4.4 lists them (闫 阎); assumed: of names that have one' },
  lostCharacter: { rate: 0.4, from: 'assumed: of characters outside of GBK, those that old systems lose' },
  truncated: {
    rate: 0.5,
    from: 'domain.md 4.4: at 10 characters in old systems; assumed: of names that are longer there',
  },
  otherDot: { rate: 0.4, from: 'domain.md 4.4 has the forms seen; assumed: of names with a dot' },
  noise: { rate: 0.003, from: 'domain.md 4.4 has them (体检, 急诊, bed numbers); how many is assumed' },
  pinyinToo: { rate: 0.1, from: 'domain.md 5.1: pinyin in one group and characters in another; how many is assumed' },
  renamed: { rate: 0.002, from: 'assumed: the name of before or after a change' },
  swappedPinyin: { rate: 0.15, from: 'domain.md 4.4 has them; assumed: of names in pinyin, given name first' },
  joinedPinyin: { rate: 0.35, from: 'domain.md 4.4 has them (LINA); assumed: of names in pinyin' },

  // Birth date and sex
  noBirthDate: { rate: 0.004, from: 'assumed' },
  swappedDayAndMonth: { rate: 0.002, from: 'assumed: of days that are months too' },
  wrongDateDigit: { rate: 0.002, from: 'assumed' },
  onlyYearKnown: { rate: 0.002, from: 'assumed: the first of January for a year that is right' },
  wrongSex: { rate: 0.001, from: 'assumed' },
  noSex: { rate: 0.002, from: 'assumed' },

  // Contact
  noPhone: { rate: 0.15, from: 'assumed' },
  newPhone: { rate: 0.06, from: 'assumed: a number that no other record has' },
  relativesPhone: { rate: 0.15, from: 'domain.md 4.2: shared in families; how many is assumed' },
  noAddress: { rate: 0.35, from: 'assumed' },
  moved: { rate: 0.05, from: 'assumed: an address that no other record has' },
  addressInOneLine: { rate: 0.5, from: 'assumed' },
} as const;

export type RateName = keyof typeof RATES;
