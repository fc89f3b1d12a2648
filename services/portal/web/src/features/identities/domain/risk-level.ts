export type RiskLevel = 'high' | 'middle' | 'low';

/** What a risk is called: images that others may see as theirs and a card in use are high. */
export const riskLevel = (risk: number): RiskLevel => (risk >= 70 ? 'high' : risk >= 40 ? 'middle' : 'low');
