import { Alert, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Change, Trial } from '../domain/policies.js';

interface Props {
  readonly trial: Trial;
  readonly hospitalName: (code: string) => string;
}

/** How many accesses of the week would have been decided otherwise, and which. */
export function TrialResult({ trial, hospitalName }: Props) {
  const { t } = useTranslation();
  const { tried, refused, permitted, changes } = trial;
  const word = (code: string) => t([`accesses.bases.${code}`, `accesses.refusals.${code}`, code]);
  return (
    <div className="trial">
      <Alert
        type={refused + permitted === 0 ? 'success' : 'warning'}
        showIcon
        title={t('policies.trial.sum', { tried, refused, permitted })}
        description={t('policies.trial.hint')}
      />
      {changes.length > 0 && (
        <Table<Change>
          size="small"
          rowKey={(change) => JSON.stringify(change)}
          dataSource={[...changes]}
          pagination={changes.length > 20 ? { pageSize: 20, showSizeChanger: false } : false}
          scroll={{ x: 'max-content' }}
          columns={[
            {
              title: t('policies.trial.kind'),
              render: (_, { kind }) => <span className={`trial-${kind}`}>{t(`policies.trial.kinds.${kind}`)}</span>,
            },
            { title: t('policies.trial.accesses'), dataIndex: 'accesses', align: 'right', className: 'figures' },
            {
              title: t('policies.trial.who'),
              render: (_, { roles, hospital }) =>
                [
                  ...roles.map((role) => t(`roles.${role}`)),
                  hospital === null ? t('policies.commission') : hospitalName(hospital),
                ].join(' · '),
            },
            {
              title: t('policies.trial.action'),
              render: (_, { action }) => t(`accesses.actions.${action}`),
            },
            { title: t('policies.trial.was'), render: (_, { was }) => word(was) },
            { title: t('policies.trial.wouldBe'), render: (_, { wouldBe }) => word(wouldBe) },
          ]}
        />
      )}
    </div>
  );
}
