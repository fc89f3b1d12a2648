export interface BodySite {
  /** SNOMED CT */
  readonly code: string;
  readonly display: string;
}

const site = (code: string, display: string): BodySite => ({ code, display });

/** Defined terms of Body Part Examined (0018,0015) and what they are in SNOMED CT (PS3.16 annex L, table L-1). */
const BODY_SITES: ReadonlyMap<string, BodySite> = new Map([
  ['ABDOMEN', site('818981001', 'Abdomen')],
  ['ABDOMENPELVIS', site('416949008', 'Abdomen and/or pelvis structure (body structure)')],
  ['ADRENAL', site('23451007', 'Adrenal structure (body structure)')],
  ['ANKLE', site('70258002', 'Ankle joint structure (body structure)')],
  ['AORTA', site('15825003', 'Aortic structure (body structure)')],
  ['BLADDER', site('89837001', 'Urinary bladder structure (body structure)')],
  ['BRAIN', site('12738006', 'Brain structure (body structure)')],
  ['BREAST', site('76752008', 'Breast structure (body structure)')],
  ['CHEST', site('816094009', 'Thorax')],
  ['CHESTABDOMEN', site('416550000', 'Chest and/or abdomen structure (body structure)')],
  ['CLAVICLE', site('51299004', 'Clavicle')],
  ['COCCYX', site('64688005', 'Coccyx')],
  ['COLON', site('71854001', 'Colon structure (body structure)')],
  ['CSPINE', site('122494005', 'Structure of cervical vertebral column (body structure)')],
  ['EAR', site('117590005', 'Ear structure (body structure)')],
  ['EXTREMITY', site('66019005', 'Limb structure (body structure)')],
  ['EYE', site('81745001', 'Structure of eye proper (body structure)')],
  ['FEMUR', site('71341001', 'Femur')],
  ['FIBULA', site('87342007', 'Fibula')],
  ['FINGER', site('7569003', 'Finger structure (body structure)')],
  ['FOOT', site('56459004', 'Foot structure (body structure)')],
  ['FOREARM', site('14975008', 'Forearm structure (body structure)')],
  ['GALLBLADDER', site('28231008', 'Gallbladder structure (body structure)')],
  ['HAND', site('85562004', 'Hand structure (body structure)')],
  ['HEAD', site('69536005', 'Head structure (body structure)')],
  ['HEADNECK', site('774007', 'Head and neck structure (body structure)')],
  ['HEART', site('80891009', 'Heart structure (body structure)')],
  ['HIP', site('24136001', 'Hip joint structure (body structure)')],
  ['HUMERUS', site('85050009', 'Humerus')],
  ['JAW', site('661005', 'Jaw region structure (body structure)')],
  ['KIDNEY', site('64033007', 'Kidney structure (body structure)')],
  ['KNEE', site('72696002', 'Knee region structure (body structure)')],
  ['LIVER', site('10200004', 'Liver structure (body structure)')],
  ['LSPINE', site('122496007', 'Lumbar spine structure (body structure)')],
  ['LUNG', site('39607008', 'Lung structure (body structure)')],
  ['MAXILLA', site('70925003', 'Maxilla')],
  ['NECK', site('45048000', 'Neck structure (body structure)')],
  ['NOSE', site('45206002', 'Nose')],
  ['ORBIT', site('363654007', 'Structure of orbit proper (body structure)')],
  ['PANCREAS', site('15776009', 'Pancreatic structure (body structure)')],
  ['PATELLA', site('64234005', 'Patella')],
  ['PELVIS', site('816092008', 'Pelvis')],
  ['PROSTATE', site('41216001', 'Prostatic structure (body structure)')],
  ['RIB', site('113197003', 'Rib')],
  ['SACRUM', site('54735007', 'Sacrum')],
  ['SCAPULA', site('79601000', 'Scapula')],
  ['SHOULDER', site('16982005', 'Shoulder region structure')],
  ['SINUS', site('2095001', 'Paranasal sinus')],
  ['SKULL', site('89546000', 'Skull')],
  ['SPINE', site('421060004', 'Structure of vertebral column (body structure)')],
  ['SPLEEN', site('78961009', 'Splenic structure (body structure)')],
  ['STERNUM', site('56873002', 'Sternum')],
  ['STOMACH', site('69695003', 'Stomach structure (body structure)')],
  ['THIGH', site('68367000', 'Thigh structure (body structure)')],
  ['THYROID', site('69748006', 'Thyroid structure (body structure)')],
  ['TIBIA', site('12611008', 'Tibia')],
  ['TSPINE', site('122495006', 'Thoracic spine structure (body structure)')],
  ['UTERUS', site('35039007', 'Uterus')],
  ['WRIST', site('74670003', 'Wrist joint structure (body structure)')],
]);

export const TERMS: readonly string[] = [...BODY_SITES.keys()];

/** What a term means; undefined for one that is not defined, or not of one place. */
export const bodySiteOf = (term: string): BodySite | undefined => BODY_SITES.get(termOf(term));

/** A term as it is defined, however it was typed. */
export const termOf = (text: string): string => text.trim().toUpperCase();
