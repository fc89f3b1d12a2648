import { ProblemNotice } from '@yinglian/web/browser';
import { Button, Popconfirm, Tag } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAccount, useRole } from '../../../session/session-context.js';
import { type StaffMember, useResetPassword } from '../api/staff.js';
import { AccountSecurity } from './account-security.js';
import { ChangeRoles } from './change-roles.js';
import { useShownPassword } from './shown-password.js';

interface Props {
  readonly member: StaffMember;
  /** Their hospital or department, whichever the list does not say already. */
  readonly place: string | null;
  onDeactivate(): void;
}

/** Who somebody is, and what the administrator may do about their account. */
export function StaffRow({ member, place, onDeactivate }: Props) {
  const { username, displayName, roles, active, secondFactor, linked, lockedUntil } = member;
  const { t } = useTranslation();
  const reset = useResetPassword();
  const administers = useRole('administrator');
  const { subject } = useAccount();
  // Nobody gives themselves more, and what a patient has is not theirs to change. A security administrator only takes away.
  const mayChange = subject !== username && !roles.includes('patient') && (administers || roles.length > 1);
  const [isChanging, setChanging] = useState(false);
  const showPassword = useShownPassword();
  const resetPassword = () =>
    reset.mutate(username, { onSuccess: ({ password }) => void showPassword(t('staff.newPasswordTitle'), password) });
  return (
    <li className={active ? '' : 'is-inactive'}>
      <span className="person-main">
        <span>
          {displayName} <span className="aside figures">{username}</span>
        </span>
        <span className="facts">
          {roles.length === 0 && <Tag>{t('staff.noRole')}</Tag>}
          {roles.map((role) => (
            <span key={role}>{t(`roles.${role}`)}</span>
          ))}
          {place !== null && <span>{place}</span>}
          {secondFactor && <span>{t('staff.secondFactor')}</span>}
          {linked && <span>{t('staff.linked')}</span>}
          {!active && <Tag>{t('staff.inactive')}</Tag>}
          {lockedUntil !== null && (
            <Tag color="error">{t('staff.locked', { time: dayjs(lockedUntil).format('HH:mm') })}</Tag>
          )}
        </span>
        {reset.isError && <ProblemNotice error={reset.error} />}
      </span>
      <span className="row-actions">
        {active ? (
          <>
            {mayChange && (
              <Button size="small" type="text" onClick={() => setChanging(true)}>
                {t('staff.changeRoles')}
              </Button>
            )}
            <AccountSecurity member={member} />
            {administers && (
              <Popconfirm
                title={t('staff.reset')}
                description={t('staff.resetSure')}
                onConfirm={resetPassword}
                okText={t('staff.reset')}
                cancelText={t('actions.cancel')}
              >
                <Button size="small" type="text" loading={reset.isPending}>
                  {t('staff.reset')}
                </Button>
              </Popconfirm>
            )}
            <Popconfirm
              title={t('staff.deactivate')}
              description={t('staff.deactivateSure')}
              onConfirm={onDeactivate}
              okText={t('staff.deactivate')}
              cancelText={t('actions.cancel')}
            >
              <Button size="small" type="text" danger>
                {t('staff.deactivate')}
              </Button>
            </Popconfirm>
          </>
        ) : (
          administers && (
            <Button size="small" type="text" onClick={() => setChanging(true)}>
              {t('staff.reactivate')}
            </Button>
          )
        )}
        <ChangeRoles member={member} open={isChanging} onClose={() => setChanging(false)} />
      </span>
    </li>
  );
}
