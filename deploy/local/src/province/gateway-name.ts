/** The name of a hospital's gateway process, and of its role. */
export const gatewayName = (hospital: string) => `gateway-${hospital}`;
