import { LogoutOutlined, UserOutlined } from '@ant-design/icons';
import { Link, Outlet, useNavigate } from '@tanstack/react-router';
import { LanguageSwitch, mark } from '@yinglian/web/browser';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { NoticeBell } from '../features/notices/components/notice-bell.js';
import { signOut } from '../session/session.js';
import { useAccount } from '../session/session-context.js';
import { screensOf } from './navigation.js';
import { OpenGlassBanners } from './open-glass.js';

/** The bar over every screen: what this is, where one can go, who one is. */
export function Shell() {
  const { t } = useTranslation();
  const account = useAccount();
  return (
    <>
      <div className="top">
        <header className="bar">
          <Link to="/" className="brand">
            <img src={mark} alt="" width={28} height={28} />
            <span>{t('product.name')}</span>
          </Link>
          <nav aria-label={t('product.name')}>
            {screensOf(account).map(({ path, label }) => (
              <Link key={path} to={path} className="nav-link" activeProps={{ 'aria-current': 'page' }}>
                {t(label)}
              </Link>
            ))}
          </nav>
          <span className="spacer" />
          <NoticeBell />
          <LanguageSwitch />
          <AccountMenu />
        </header>
        <OpenGlassBanners />
      </div>
      <main>
        <Outlet />
      </main>
    </>
  );
}

function AccountMenu() {
  const { t } = useTranslation();
  const account = useAccount();
  const navigate = useNavigate();
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'account', icon: <UserOutlined />, label: t('nav.account') },
          { type: 'divider' },
          { key: 'leave', icon: <LogoutOutlined />, label: t('actions.signOut') },
        ],
        onClick: ({ key }) => void (key === 'leave' ? signOut() : navigate({ to: '/account' })),
      }}
    >
      <Button type="text" className="on-bar account" icon={<UserOutlined />} aria-label={account.name}>
        <span className="account-name">{account.name}</span>
      </Button>
    </Dropdown>
  );
}
