/**
 * Regions of the body, each with what names it: defined terms of Body Part Examined (PS3.16 annex L) and words of Chinese and
 * English names of exams. What is as near as this is compared by who reads an exam.
 */
const REGIONS = {
  HEAD: /HEAD|BRAIN|SKULL|ORBIT|SINUS|FACE|FACIAL|PITUITARY|SELLA|MANDIBLE|MAXILLA|\bJAW|\bIAC\b|\bEAR\b|[头颅脑眼眶鼻耳颌]|垂体/,
  NECK: /NECK|THYROID|CAROTID|LARYNX|PHARYNX|颈(?!椎)|甲状|[喉咽]/,
  CHEST: /CHEST|THORAX|LUNG|STERNUM|MEDIASTINUM|BRONCHUS|\bRIBS?\b|\bCHABD|胸(?!椎)|[肺肋]|纵隔/,
  HEART: /HEART|CARDIAC|CORONARY|心脏|冠脉|冠状动脉/,
  BREAST: /BREAST|MAMMO|乳/,
  ABDOMEN:
    /ABDOMEN|LIVER|KIDNEY|PANCREAS|SPLEEN|GALLBLADDER|STOMACH|BILEDUCT|ADRENAL|\b(CH)?ABDPEL|\bCHABD|[腹肝胆胰脾肾胃]/,
  PELVIS: /PELVIS|(?<!GALL)BLADDER|PROSTATE|UTERUS|OVARY|\bHIP\b|ABDPEL|[盆髋]|膀胱|前列腺|子宫|卵巢/,
  CERVICAL_SPINE: /\bCT?SPINE|\bSPINE|WHOLESPINE|颈椎|脊/,
  THORACIC_SPINE: /\bC?TL?SPINE|\bSPINE|WHOLESPINE|胸椎|脊/,
  LUMBAR_SPINE: /\b(L|LS|S|TL)SPINE|\bSPINE|WHOLESPINE|SACRUM|COCCYX|[腰骶]|脊/,
  UPPER_LIMB:
    /SHOULDER|CLAVICLE|SCAPULA|HUMERUS|ELBOW|FOREARM|WRIST|\bHAND\b|FINGER|THUMB|\bARM\b|[肩肱肘腕]|锁骨|前臂|手(?!术)/,
  LOWER_LIMB:
    /FEMUR|THIGH|KNEE|PATELLA|TIBIA|FIBULA|ANKLE|CALCANEUS|\bFOOT\b|\bTOE\b|\bLEG\b|[膝胫踝足]|股骨|大腿|小腿|跟骨/,
} as const;
export type BodyRegion = keyof typeof REGIONS;

const NAMES = Object.keys(REGIONS).filter((name): name is BodyRegion => Object.hasOwn(REGIONS, name));

/** The regions that a code or a name speaks of; none when it names none. */
export function regionsOf(text: string): BodyRegion[] {
  const upper = text.toUpperCase();
  return NAMES.filter((name) => REGIONS[name].test(upper));
}

/** Those of the first text that names any: a code is surer than a name. */
export const regionsOfFirst = (texts: readonly string[]): BodyRegion[] =>
  texts.map(regionsOf).find((regions) => regions.length > 0) ?? [];
