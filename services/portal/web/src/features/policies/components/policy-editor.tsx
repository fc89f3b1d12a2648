import type { PolicyFiles } from '@yinglian/contracts';
import { ProblemNotice } from '@yinglian/web/browser';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePropose, useTry } from '../api/policies.js';
import { ChangedFiles } from './changed-files.js';
import { TrialResult } from './trial-result.js';

interface Props {
  readonly inForce: PolicyFiles;
  /** Where the writing begins. */
  readonly from: PolicyFiles;
  readonly hospitalName: (code: string) => string;
  onDone(): void;
  onCancel(): void;
}

/** Policies are written, tried on last week, and proposed: nothing is proposed that was not tried as it stands. */
export function PolicyEditor({ inForce, from, hospitalName, onDone, onCancel }: Props) {
  const { t } = useTranslation();
  const [files, setFiles] = useState(from);
  const trying = useTry();
  const propose = usePropose();
  const write = (name: string, text: string) => {
    setFiles({ ...files, [name]: text });
    trying.reset();
    propose.reset();
  };
  return (
    <div className="policy-editor">
      {Object.entries(files).map(([name, text]) => (
        <section key={name} className="panel policy-file">
          <h2 className="figures">{name}</h2>
          <Input.TextArea
            aria-label={name}
            value={text}
            autoSize={{ minRows: 4, maxRows: 24 }}
            spellCheck={false}
            className="cedar"
            onChange={({ target }) => write(name, target.value)}
          />
        </section>
      ))}
      <div className="panel proposing">
        <ChangedFiles from={inForce} to={files} />
        {trying.isError && <ProblemNotice error={trying.error} />}
        {trying.data !== undefined && <TrialResult trial={trying.data} hospitalName={hospitalName} />}
        <div className="acts">
          <Button onClick={onCancel}>{t('actions.cancel')}</Button>
          <Button
            type={trying.data === undefined ? 'primary' : 'default'}
            loading={trying.isPending}
            onClick={() => trying.mutate(files)}
          >
            {t('policies.try')}
          </Button>
        </div>
        {trying.data !== undefined && (
          <Form
            layout="vertical"
            requiredMark={false}
            onFinish={({ reason }: { reason: string }) =>
              propose.mutate({ files, reason: reason.trim() }, { onSuccess: onDone })
            }
          >
            <Form.Item
              name="reason"
              label={t('policies.reason')}
              rules={[{ required: true, whitespace: true, min: 5, message: t('actions.required') }]}
            >
              <Input.TextArea rows={2} maxLength={2000} />
            </Form.Item>
            {propose.isError && <ProblemNotice error={propose.error} />}
            <Button type="primary" htmlType="submit" loading={propose.isPending}>
              {t('policies.propose')}
            </Button>
          </Form>
        )}
      </div>
    </div>
  );
}
