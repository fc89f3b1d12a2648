import { PlusOutlined } from '@ant-design/icons';
import { Button, Empty, Popconfirm, Skeleton, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '../../../http/problem-notice.js';
import { useChangeStaff, useStaff } from '../api/staff.js';
import { AddStaff, type DepartmentChoice } from './add-staff.js';

interface Props {
  /** Null for the accounts of everybody; new ones are then the commission's own. */
  readonly hospital: string | null;
  readonly departments: readonly DepartmentChoice[];
  readonly hospitalName: (code: string) => string;
}

export function StaffList({ hospital, departments, hospitalName }: Props) {
  const { t } = useTranslation();
  const staff = useStaff(hospital);
  const change = useChangeStaff();
  const [adding, setAdding] = useState(false);
  if (staff.isPending) return <Skeleton active />;
  if (staff.isError) return <ProblemNotice error={staff.error} onRetry={() => void staff.refetch()} />;
  const members = staff.data.pages.flatMap((page) => page.staff);
  return (
    <>
      {members.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('staff.none')} />}
      <ul className="plain-list">
        {members.map(({ username, displayName, roles, department, active, version, ...member }) => (
          <li key={username} className={active ? '' : 'is-inactive'}>
            <span className="person-main">
              <span>
                {displayName} <span className="aside figures">{username}</span>
              </span>
              <span className="facts">
                {roles.map((role) => (
                  <span key={role}>{t(`roles.${role}`)}</span>
                ))}
                {hospital === null && member.hospital !== null && <span>{hospitalName(member.hospital)}</span>}
                {hospital !== null && department !== null && (
                  <span>{departments.find(({ code }) => code === department)?.name ?? department}</span>
                )}
                {!active && <Tag>{t('staff.inactive')}</Tag>}
              </span>
            </span>
            {active ? (
              <Popconfirm
                title={t('staff.deactivate')}
                description={t('staff.deactivateSure')}
                onConfirm={() => change.mutate({ username, version, active: false })}
                okText={t('staff.deactivate')}
                cancelText={t('actions.cancel')}
              >
                <Button size="small" type="text" danger>
                  {t('staff.deactivate')}
                </Button>
              </Popconfirm>
            ) : (
              <Button size="small" type="text" onClick={() => change.mutate({ username, version, active: true })}>
                {t('staff.reactivate')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {staff.hasNextPage && (
        <Button block loading={staff.isFetchingNextPage} onClick={() => void staff.fetchNextPage()}>
          {t('actions.more')}
        </Button>
      )}
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
