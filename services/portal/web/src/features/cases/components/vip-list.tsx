import { ProblemNotice } from '@yinglian/web/browser';
import { Button, Empty, Popconfirm, Skeleton, Typography } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { MoreButton } from '../../../lists/more-button.js';
import { useEndVip, useVips } from '../api/vips.js';
import { VipForm } from './vip-form.js';

/** Whom the rules look after, as the province's auditors keep it. */
export function VipList() {
  const { t } = useTranslation();
  return (
    <>
      <p className="aside">{t('cases.vips.hint')}</p>
      <VipForm />
      <Listed />
    </>
  );
}

function Listed() {
  const { t } = useTranslation();
  const found = useVips();
  const end = useEndVip();
  if (found.isPending) return <Skeleton active paragraph={{ rows: 4 }} className="panel" />;
  if (found.isError) return <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />;
  const items = found.data.pages.flatMap((page) => page.items);
  if (items.length === 0)
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('cases.none.vips')} className="panel" />;
  return (
    <>
      {end.isError && <ProblemNotice error={end.error} />}
      <ul className="panel rows">
        {items.map(({ vipId, personId, reason, displayName, listedAt }) => (
          <li key={vipId} className="vip">
            <span className="vip-who">
              <strong>{reason}</strong>
              <Typography.Text copyable className="figures">
                {personId}
              </Typography.Text>
              <span className="aside">
                {t('cases.vips.by', { name: displayName, day: dayjs(listedAt).format('YYYY-MM-DD') })}
              </span>
            </span>
            <Popconfirm
              title={t('cases.vips.endSure')}
              okText={t('cases.vips.end')}
              onConfirm={() => end.mutate(vipId)}
            >
              <Button loading={end.isPending && end.variables === vipId}>{t('cases.vips.end')}</Button>
            </Popconfirm>
          </li>
        ))}
      </ul>
      <MoreButton list={found} />
    </>
  );
}
