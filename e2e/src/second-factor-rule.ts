/** A province that lets clinicians open nothing without their second factor. */
export const SECOND_FACTOR_RULE = `
// Images are opened by who proved a second factor in the session (province's order).
@id("clinician-proves-second-factor")
forbid (principal, action == Action::"study.retrieve", resource is Study)
when { principal.roles.contains("clinician") && !context.secondFactor };
`;
