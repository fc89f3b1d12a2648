import { fileURLToPath } from 'node:url';

/**
 * The OHIF viewer as its makers built it. Only the tarball's `dist/` is used: its dependencies are not needed to serve
 * it. A new version is a new pair of version and integrity (`npm view @ohif/app@<version> dist.integrity`).
 */
export const VIEWER_APP = {
  name: '@ohif/app',
  version: '3.13.2',
  integrity: 'sha512-WZdxmpmG7rqFgW9ZJLcbgr3XCtLi1KDNPoMaeY5PPe6j4G4fjEjjkycZM6C6Zk2F87BKxFfpq+jd5xXZB9E8EA==',
};

/** Where the viewer's files are once they are fetched: a folder with `index.html`. */
export const viewerAppFolder = () =>
  fileURLToPath(new URL(`../../node_modules/.cache/yinglian/ohif-${VIEWER_APP.version}/`, import.meta.url));
