import '@yinglian/web/browser/frame.css';
import type { User } from 'oidc-client-ts';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.js';
import { Entrance } from './app/entrance.js';
import './app/portal.css';
import './app/desk.css';
import './app/matching.css';
import './app/approvals.css';
import './app/cases.css';
import './app/emergency.css';
import './app/sharing.css';
import { settings } from './app/settings.js';
import { startLanguages } from './i18n/i18n.js';
import { accountOf } from './session/account.js';
import { enter, leaveWhenOver, users } from './session/session.js';

const place = document.getElementById('root');
if (place === null) throw new Error('The page has no root');
const root = createRoot(place);
await startLanguages();

const home = new URL(settings.publicUrl).origin;
if (location.origin !== home) {
  // Reached by another name of the same host: the provider knows the public one only.
  location.replace(home + location.pathname + location.search);
} else {
  root.render(<Entrance failed={false} />);
  try {
    const user = await enter();
    if (user !== null) {
      const show = ({ access_token }: User) => root.render(<App account={accountOf(access_token)} />);
      show(user);
      // Each further token says anew who it is, what they may do, and when they proved their second factor.
      users.events.addUserLoaded(show);
    }
  } catch {
    root.render(<Entrance failed />);
  }
}
// A session that ended elsewhere, or could not be renewed, ends here too.
leaveWhenOver();
users.events.addUserSignedOut(() => void users.removeUser().then(() => location.replace('/')));
