/** What every page of ours says, whatever it may load. */
export const pageHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
};

/** A page loads nothing from elsewhere; only styles may stand in it, where Ant Design puts them. */
export const pagePolicy = (framedBy: 'self' | 'nobody'): string => {
  const frames = framedBy === 'self' ? "'self'" : "'none'";
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    `frame-src ${frames}`,
    `frame-ancestors ${frames}`,
    "form-action 'self'",
    "base-uri 'none'",
  ].join('; ');
};
