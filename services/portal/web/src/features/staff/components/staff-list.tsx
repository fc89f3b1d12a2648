import { PlusOutlined } from '@ant-design/icons';
import { ProblemNotice } from '@yinglian/web/browser';
import { Button, Empty, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MoreButton } from '../../../lists/more-button.js';
import { useRole } from '../../../session/session-context.js';
import { useChangeStaff, useStaff } from '../api/staff.js';
import { AddStaff, type DepartmentChoice } from './add-staff.js';
import { StaffRow } from './staff-row.js';

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
  const mayAdd = useRole('administrator');
  const [adding, setAdding] = useState(false);
  if (staff.isPending) return <Skeleton active />;
  if (staff.isError) return <ProblemNotice error={staff.error} onRetry={() => void staff.refetch()} />;
  const departmentName = (wanted: string) => departments.find(({ code }) => code === wanted)?.name ?? wanted;
  const members = staff.data.pages.flatMap((page) => page.staff);
  return (
    <>
      {members.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('staff.none')} />}
      <ul className="plain-list">
        {members.map((member) => (
          <StaffRow
            key={member.username}
            member={member}
            place={
              hospital === null
                ? member.hospital && hospitalName(member.hospital)
                : member.department && departmentName(member.department)
            }
            onDeactivate={() => change.mutate({ username: member.username, version: member.version, active: false })}
          />
        ))}
      </ul>
      <MoreButton list={staff} />
      {change.isError && <ProblemNotice error={change.error} />}
      {adding && <AddStaff hospital={hospital} departments={departments} onDone={() => setAdding(false)} />}
      {mayAdd && !adding && (
        <Button icon={<PlusOutlined />} onClick={() => setAdding(true)}>
          {t('staff.add')}
        </Button>
      )}
    </>
  );
}
