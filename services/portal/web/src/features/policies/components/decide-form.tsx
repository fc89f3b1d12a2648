import { Problem, ProblemNotice } from '@yinglian/web/browser';
import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { ProveFirst } from '../../../session/prove-first.js';
import { type Deciding, useDecideOnPolicies } from '../api/policies.js';

interface Props {
  readonly proposalId: string;
  readonly isOwn: boolean;
}

/** Who proposed it may withdraw it; everybody else signs or refuses. */
export function DecideForm({ proposalId, isOwn }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ note?: string }>();
  const decide = useDecideOnPolicies(proposalId);
  const mustProve = decide.error instanceof Problem && decide.error.code === 'SECOND_FACTOR_NEEDED';
  const ask = (decision: Deciding['decision']) =>
    decide.mutate({ decision, note: form.getFieldValue('note')?.trim() ?? '' });
  return (
    <Form form={form} layout="vertical" className="decide-form">
      <Form.Item name="note" label={t('policies.note')}>
        <Input.TextArea rows={2} maxLength={2000} />
      </Form.Item>
      {mustProve && <ProveFirst onProved={decide.reset} />}
      {decide.isError && !mustProve && <ProblemNotice error={decide.error} />}
      <div className="acts">
        {isOwn && (
          <Button loading={decide.isPending} onClick={() => ask('withdraw')}>
            {t('policies.withdraw')}
          </Button>
        )}
        {!isOwn && (
          <>
            <Button danger loading={decide.isPending} onClick={() => ask('refuse')}>
              {t('policies.refuse')}
            </Button>
            <Button type="primary" loading={decide.isPending} onClick={() => ask('sign')}>
              {t('policies.sign')}
            </Button>
          </>
        )}
      </div>
    </Form>
  );
}
