import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';
import { type Language, languageOf } from '../sign-in/language.js';
import { escapeHtml, pageHeaders, pageHtml } from '../sign-in/page-frame.js';
import { TEXTS } from '../sign-in/texts.js';

interface Addresses {
  readonly PUBLIC_URL: string;
  readonly VIEWER_URL: string;
}

/** The province's program already asked to sign out, and said who: the question is answered for the person. */
const ANSWER_YES = 'document.querySelector("button[value=yes]").click()';

/** The provider's other pages, in the same dress as the sign-in. */
export function providerPages({ PUBLIC_URL, VIEWER_URL }: Addresses) {
  const back = (language: Language) =>
    `<a class="button" href="${escapeHtml(`${PUBLIC_URL}/`)}">${TEXTS[language].back}</a>`;
  const origins = [PUBLIC_URL, VIEWER_URL].map((url) => new URL(url).origin);

  return {
    failed: (context: KoaContextWithOIDC, out: { error: string; error_description?: string | undefined }) => {
      const language = languageIn(context);
      const text = TEXTS[language];
      const code = escapeHtml([out.error, out.error_description].filter(Boolean).join(': '));
      context.set(pageHeaders([]));
      context.body = pageHtml({
        language,
        title: text.failed,
        body: `<h1>${text.failed}</h1><p class="lead">${text.failedWhy}</p><p class="code">${code}</p>${back(language)}`,
      });
    },

    signOut: (context: KoaContextWithOIDC, form: string) => {
      const language = languageIn(context);
      const text = TEXTS[language];
      const { session, entities } = context.oidc;
      const isAsked = entities.IdTokenHint?.payload.sub !== session?.accountId;
      const script = isAsked ? undefined : ANSWER_YES;
      context.set(pageHeaders(origins, script));
      context.body = pageHtml({
        language,
        title: text.signOut,
        body: `<h1>${text.signOut}</h1><p class="lead">${text.signOutWhy}</p>${form}<button type="submit" form="op.logoutForm" name="logout" value="yes" autofocus>${text.signOut}</button><button class="quiet" type="submit" form="op.logoutForm">${text.stay}</button>`,
        ...(script === undefined ? {} : { script }),
      });
    },

    signedOut: (context: KoaContextWithOIDC) => {
      const language = languageIn(context);
      const text = TEXTS[language];
      context.set(pageHeaders([]));
      context.body = pageHtml({
        language,
        title: text.signedOut,
        body: `<h1>${text.signedOut}</h1><p class="lead">${text.signedOutWhy}</p>${back(language)}`,
      });
    },
  } satisfies {
    failed: Configuration['renderError'];
    signOut: (context: KoaContextWithOIDC, form: string) => void;
    signedOut: (context: KoaContextWithOIDC) => void;
  };
}

function languageIn(context: KoaContextWithOIDC): Language {
  const wished = context.oidc.params?.ui_locales;
  const uiLocales = typeof wished === 'string' ? wished : undefined;
  return languageOf({ uiLocales, accepted: context.get('accept-language') });
}
