import { PlusOutlined } from '@ant-design/icons';
import { ProblemNotice } from '@yinglian/web/browser';
import { Button, Empty, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRemoveWorkstation, useWorkstations } from '../api/workstations.js';
import type { Workstation } from '../domain/workstation.js';
import { WorkstationForm } from './workstation-form.js';
import { WorkstationRow } from './workstation-row.js';

/** The workstations of a hospital, or the form of one of them or of a new one. */
export function WorkstationList({ hospital }: { hospital: string }) {
  const { t } = useTranslation();
  const workstations = useWorkstations(hospital);
  const remove = useRemoveWorkstation(hospital);
  const [edited, setEdited] = useState<Workstation | 'new' | null>(null);
  if (workstations.isPending) return <Skeleton active />;
  if (workstations.isError) {
    return <ProblemNotice error={workstations.error} onRetry={() => void workstations.refetch()} />;
  }
  if (edited !== null) {
    return (
      <WorkstationForm
        hospital={hospital}
        workstation={edited === 'new' ? null : edited}
        onDone={() => setEdited(null)}
      />
    );
  }
  return (
    <>
      {workstations.data.length === 0 && (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('workstations.none')}>
          <span className="aside">{t('workstations.noneHint')}</span>
        </Empty>
      )}
      <ul className="plain-list">
        {workstations.data.map((workstation) => (
          <WorkstationRow
            key={workstation.aeTitle}
            workstation={workstation}
            onChange={() => setEdited(workstation)}
            onRemove={() => remove.mutate(workstation.aeTitle)}
          />
        ))}
      </ul>
      {remove.isError && <ProblemNotice error={remove.error} />}
      <Button icon={<PlusOutlined />} onClick={() => setEdited('new')}>
        {t('workstations.add')}
      </Button>
    </>
  );
}
