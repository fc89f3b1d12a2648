import { LogoutOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { SessionState } from '../../../../../src/sign-in/session-state.js';
import { useSignOut } from '../api/session.js';

export function SignOut({ user }: { user: NonNullable<SessionState['user']> }) {
  const { t } = useTranslation();
  const signOut = useSignOut();
  return (
    <Button
      type="text"
      className="on-bar"
      icon={<LogoutOutlined />}
      title={t('session.signOut')}
      aria-label={t('session.signOut')}
      onClick={() => signOut.mutate()}
    >
      <span className="account-name">{user.name}</span>
    </Button>
  );
}
