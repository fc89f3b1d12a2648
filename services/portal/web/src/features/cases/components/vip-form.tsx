import { ProblemNotice } from '@yinglian/web/browser';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useListVip } from '../api/vips.js';

const NOBODY = { personId: '', reason: '' };

/** Adds somebody by the number that the log names them by. */
export function VipForm() {
  const { t } = useTranslation();
  const list = useListVip();
  const [vip, setVip] = useState(NOBODY);
  const field = (name: 'personId' | 'reason', maxLength: number) => (
    <Input
      value={vip[name]}
      maxLength={maxLength}
      autoComplete="off"
      aria-label={t(`cases.vips.${name}`)}
      placeholder={t(`cases.vips.${name}`)}
      onChange={({ target }) => setVip({ ...vip, [name]: target.value })}
    />
  );
  const told = { personId: vip.personId.trim(), reason: vip.reason.trim() };
  return (
    <div className="panel finding">
      <div className="finding-settle">
        {field('personId', 40)}
        {field('reason', 200)}
        <Button
          type="primary"
          disabled={told.personId === '' || told.reason.length < 3}
          loading={list.isPending}
          onClick={() => list.mutate(told, { onSuccess: () => setVip(NOBODY) })}
        >
          {t('cases.vips.list')}
        </Button>
      </div>
      {list.isError && <ProblemNotice error={list.error} />}
    </div>
  );
}
