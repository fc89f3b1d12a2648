import { ProblemNotice } from '@yinglian/web/browser';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOpenCase } from '../api/cases.js';

interface Props {
  readonly accessIds: readonly string[];
  onOpened(caseId: string): void;
}

/** Makes a case of the records that were picked. */
export function OpenCaseBar({ accessIds, onOpened }: Props) {
  const { t } = useTranslation();
  const [title, setTitle] = useState('');
  const open = useOpenCase();
  const submit = () => open.mutate({ title: title.trim(), accessIds }, { onSuccess: ({ caseId }) => onOpened(caseId) });
  return (
    <section className="panel open-case">
      <span className="figures">{t('cases.picked', { count: accessIds.length })}</span>
      <Input
        value={title}
        onChange={({ target }) => setTitle(target.value)}
        placeholder={t('cases.title')}
        aria-label={t('cases.title')}
        maxLength={500}
      />
      <Button type="primary" disabled={title.trim().length < 3} loading={open.isPending} onClick={submit}>
        {t('cases.open')}
      </Button>
      {open.isError && <ProblemNotice error={open.error} />}
    </section>
  );
}
