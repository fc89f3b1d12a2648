/**
 * OHIF's configuration (`window.config`, read by its 3.13 build): one DICOMweb source on the viewer's own origin, and the
 * province's sign-in. `response_type: code` selects its OpenID Connect client with PKCE.
 */
export function viewerConfig(publicUrl: string) {
  return {
    name: 'yinglian',
    routerBasename: '/',
    showStudyList: false,
    extensions: [],
    modes: [],
    // No tour in English between a clinician and the images.
    customizationService: [{ 'ohif.tours': { $set: [] } }],
    maxNumberOfWebWorkers: 3,
    showLoadingIndicator: true,
    strictZSpacingForVolumeViewport: true,
    groupEnabledModesFirst: true,
    maxNumRequests: { interaction: 100, thumbnail: 10, prefetch: 25 },
    showErrorDetails: 'dev',
    // The viewer is not a registered medical device by itself: each browser is told so once a month.
    investigationalUseDialog: { option: 'configure', days: 30 },
    defaultDataSourceName: 'yinglian',
    dataSources: [
      {
        namespace: '@ohif/extension-default.dataSourcesModule.dicomweb',
        sourceName: 'yinglian',
        configuration: {
          friendlyName: '影联',
          name: 'yinglian',
          qidoRoot: '/dicom-web',
          wadoRoot: '/dicom-web',
          qidoSupportsIncludeField: true,
          imageRendering: 'wadors',
          thumbnailRendering: 'thumbnail',
          thumbnailRequestStrategy: 'fetch',
          enableStudyLazyLoad: true,
          supportsFuzzyMatching: false,
          supportsWildcard: true,
          staticWado: false,
          singlepart: 'bulkdata,pdf,video',
          bulkDataURI: { enabled: true, relativeResolution: 'studies' },
          omitQuotationForMultipartRequest: true,
          dicomUploadEnabled: false,
        },
      },
    ],
    oidc: [
      {
        authority: `${publicUrl}/oidc`,
        client_id: 'ohif',
        redirect_uri: '/callback',
        silent_redirect_uri: '/silent-refresh.html',
        post_logout_redirect_uri: '/signed-out',
        response_type: 'code',
        scope: 'openid',
        automaticSilentRenew: true,
        revokeAccessTokenOnSignout: true,
      },
    ],
  };
}

/** /app-config.js: the configuration, and what only a function can say. Chinese unless another language was chosen. */
export const viewerConfigScript = (publicUrl: string) => `window.config = ${JSON.stringify(viewerConfig(publicUrl))};
window.config.whiteLabeling = {
  createLogoComponentFn: function (React) {
    return React.createElement('a', { href: ${JSON.stringify(`${publicUrl}/`)}, title: '影联 Yinglian' },
      React.createElement('img', { src: '/yinglian.svg', alt: '影联 Yinglian', style: { height: '28px' } }));
  },
};
(function () {
  var asked = /[?&]lng=/.test(location.search) || /(^|; )i18next=/.test(document.cookie);
  if (!asked && !localStorage.getItem('i18nextLng')) localStorage.setItem('i18nextLng', 'zh');
  document.title = '影联 · 阅片';
  var language = /[?&]lng=([\\w-]+)/.exec(location.search);
  window.config.oidc[0].ui_locales = language ? language[1] : 'zh-CN';
  // Said with each renewal, which alone does not keep a session alive (ADR 0052); computed when it is read.
  var lastAt = Date.now();
  ['pointerdown', 'keydown', 'wheel', 'touchstart'].forEach(function (act) {
    window.addEventListener(act, function () { lastAt = Date.now(); }, { capture: true, passive: true });
  });
  window.config.oidc[0].extraQueryParams = { get idle_s() { return Math.floor((Date.now() - lastAt) / 1000); } };
})();
`;
