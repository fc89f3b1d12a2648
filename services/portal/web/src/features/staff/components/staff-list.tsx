import { PlusOutlined } from '@ant-design/icons';
import { Button, Empty, Popconfirm, Skeleton, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '../../../http/problem-notice.js';
import { useChangeStaff, useStaff } from '../api/staff.js';
import { AddStaff, type DepartmentChoice } from './add-staff.js';

export function StaffList({
  hospital,
  departments,
}: {
  hospital: string | null;
  departments: readonly DepartmentChoice[];
}) {
  const { t } = useTranslation();
  const staff = useStaff(hospital);
  const change = useChangeStaff(hospital);
  const [adding, setAdding] = useState(false);
  if (staff.isPending) return <Skeleton active />;
  if (staff.isError) return <ProblemNotice error={staff.error} onRetry={() => void staff.refetch()} />;
  return (
    <>
      {staff.data.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('staff.none')} />}
      <ul className="plain-list">
        {staff.data.map(({ username, displayName, roles, department, active }) => (
          <li key={username} className={active ? '' : 'is-inactive'}>
            <span className="person-main">
              <span>
                {displayName} <span className="aside figures">{username}</span>
              </span>
              <span className="facts">
                {roles.map((role) => (
                  <span key={role}>{t(`roles.${role}`)}</span>
                ))}
                {department !== null && (
                  <span>{departments.find(({ code }) => code === department)?.name ?? department}</span>
                )}
                {!active && <Tag>{t('staff.inactive')}</Tag>}
              </span>
            </span>
            {active ? (
              <Popconfirm
                title={t('staff.deactivate')}
                description={t('staff.deactivateSure')}
                onConfirm={() => change.mutate({ username, active: false })}
                okText={t('staff.deactivate')}
                cancelText={t('actions.cancel')}
              >
                <Button size="small" type="text" danger>
                  {t('staff.deactivate')}
                </Button>
              </Popconfirm>
            ) : (
              <Button size="small" type="text" onClick={() => change.mutate({ username, active: true })}>
                {t('staff.reactivate')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {change.isError && <ProblemNotice error={change.error} />}
      {adding ? (
        <AddStaff hospital={hospital} departments={departments} onDone={() => setAdding(false)} />
      ) : (
        <Button icon={<PlusOutlined />} onClick={() => setAdding(true)}>
          {t('staff.add')}
        </Button>
      )}
    </>
  );
}
