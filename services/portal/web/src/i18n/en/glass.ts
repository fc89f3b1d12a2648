export const glass = {
  title: 'Emergency access',
  means:
    'Only to save a life or in a like emergency: it opens all images of this one patient, also those that the patient closed.',
  follows: {
    limit: 'It ends by itself, and every page says how long it lasts still; you can end it at any time before.',
    notice:
      'The head of your department, else your hospital’s administrators, and the auditors are told at once; the patient afterwards.',
    review: 'Each look is recorded, and an auditor reviews it within some working days.',
  },
  kind: 'Emergency',
  kinds: {
    unconscious: 'Unconscious',
    'life-threatening': 'Life in danger',
    'cannot-express': 'Cannot speak for themselves, relatives out of reach',
    'mass-casualty': 'Mass casualty',
    'public-health-emergency': 'Public health emergency',
  },
  reason: 'What happened',
  placeholder: 'For instance: road accident, unconscious in the resuscitation room; earlier head images are needed',
  tooShort: 'Write at least 10 characters',
  submit: 'Record and open',
  left: '{{time}} left',
  end: 'End now',
  endSure: 'What the patient closed cannot be opened any more afterwards.',
  review: 'Emergencies to review',
  reviewHint:
    'A verdict is due within some working days; what is overdue is marked, and told of again to the auditors and the commission’s. A verdict cannot be changed, only added to.',
  lists: { waiting: 'Waiting', reviewed: 'Reviewed' },
  none: { waiting: 'Nothing waits for a verdict', reviewed: 'Nothing has been reviewed yet' },
  states: { lasts: 'Going on', waiting: 'Due by {{due}}', overdue: 'Overdue since {{due}}', reviewed: 'Reviewed' },
  endedBy: { opener: 'ended by the clinician', time: 'ended with its time' },
  looks: 'What was looked at',
  verdict: 'Verdict',
  furtherVerdict: 'A further verdict',
  verdicts: { justified: 'Justified', 'needs-talk': 'Needs a talk', 'not-justified': 'Not justified' },
  note: 'Note',
  give: 'Give the verdict',
};
