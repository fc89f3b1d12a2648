import { Empty, Table, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { isCreditCode } from '../domain/credit-code.js';
import type { Hospital } from '../domain/hospital.js';

export function HospitalList(props: {
  hospitals: readonly Hospital[];
  loading: boolean;
  onOpen: (hospital: Hospital) => void;
}) {
  const { t } = useTranslation();
  return (
    <Table<Hospital>
      className="panel"
      rowKey="code"
      loading={props.loading}
      dataSource={[...props.hospitals]}
      pagination={props.hospitals.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
      onRow={(hospital) => ({ onClick: () => props.onOpen(hospital), className: 'clickable' })}
      locale={{
        emptyText: (
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('hospitals.none')}>
            <span className="aside">{t('hospitals.noneHint')}</span>
          </Empty>
        ),
      }}
      columns={[
        {
          title: t('hospitals.name'),
          key: 'name',
          render: (_, { name, code }) => (
            <a href={`#${code}`} onClick={(event) => event.preventDefault()}>
              <strong>{name}</strong> <span className="aside figures">{code}</span>
            </a>
          ),
        },
        { title: t('hospitals.level'), key: 'level', render: (_, { level }) => t(`hospitals.levels.${level}`) },
        {
          title: t('hospitals.creditCode'),
          key: 'creditCode',
          responsive: ['lg'],
          render: (_, { creditCode }) => (
            <span className="figures">
              {creditCode ?? '–'} {creditCode && !isCreditCode(creditCode) && <Tag color="warning">GB 32100</Tag>}
            </span>
          ),
        },
        {
          title: t('hospitals.aeTitle'),
          key: 'aeTitle',
          responsive: ['md'],
          render: (_, { aeTitle }) => <span className="figures">{aeTitle}</span>,
        },
        {
          title: t('hospitals.callingAeTitles'),
          key: 'callingAeTitles',
          responsive: ['md'],
          render: (_, { callingAeTitles }) => (
            <span className="tags">
              {callingAeTitles.slice(0, 4).map((title) => (
                <Tag key={title} className="figures">
                  {title}
                </Tag>
              ))}
              {callingAeTitles.length > 4 && <span className="aside">+{callingAeTitles.length - 4}</span>}
            </span>
          ),
        },
      ]}
    />
  );
}
