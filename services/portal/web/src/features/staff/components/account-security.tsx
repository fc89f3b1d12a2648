import { App, Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { useRole } from '../../../session/session-context.js';
import { type SecuredPart, type StaffMember, useSecureAccount } from '../api/staff.js';

/** What an administrator does about how somebody signs in. */
export function AccountSecurity({
  member: { username, displayName, secondFactor, linked, lockedUntil },
}: {
  member: StaffMember;
}) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const secure = useSecureAccount();
  const removesFactors = useRole('security-administrator');
  const sure = (title: string, content: string, what: SecuredPart) =>
    modal.confirm({
      title,
      content,
      okText: title,
      okButtonProps: { danger: true },
      cancelText: t('actions.cancel'),
      onOk: () => secure.mutateAsync({ username, what }),
    });
  const name = displayName;
  const items = [
    ...(lockedUntil === null
      ? []
      : [{ key: 'lock', label: t('staff.unlock'), onClick: () => secure.mutate({ username, what: 'lock' }) }]),
    ...(secondFactor && removesFactors
      ? [
          {
            key: 'factor',
            label: t('staff.removeFactor'),
            onClick: () => sure(t('staff.removeFactor'), t('staff.removeFactorSure', { name }), 'second-factor'),
          },
        ]
      : []),
    ...(linked
      ? [
          {
            key: 'linked',
            label: t('staff.unlink'),
            onClick: () => sure(t('staff.unlink'), t('staff.unlinkSure', { name }), 'hospital-identity'),
          },
        ]
      : []),
    {
      key: 'sessions',
      label: t('staff.endSessions'),
      onClick: () => sure(t('staff.endSessions'), t('staff.endSessionsSure', { name }), 'sessions'),
    },
  ];
  return (
    <Dropdown trigger={['click']} menu={{ items }}>
      <Button size="small" type="text" loading={secure.isPending} danger={secure.isError}>
        {t('staff.security')}
      </Button>
    </Dropdown>
  );
}
