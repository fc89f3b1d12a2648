/** Where hospitals' providers send people back to, below the province's address. */
export const HOSPITAL_REDIRECT = '/oidc/hospital-sign-in';
