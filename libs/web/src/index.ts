export { pageHeaders } from './page-headers.js';
export { type ServedPage, servePage } from './serve-page.js';
