import { ProblemNotice } from '@yinglian/web/browser';
import { App, Button, Form, Input } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { type Decision, useDecideConflict } from '../api/decide-conflict.js';
import type { Conflict } from '../domain/conflict.js';
import { Comparison } from './comparison.js';

/** One question to the steward, with the grounds for the answer. */
export function ConflictCard({
  conflict,
  hospitalName,
}: {
  conflict: Conflict;
  hospitalName: (code: string) => string;
}) {
  const { t } = useTranslation();
  const { decision } = conflict;
  return (
    <article className="panel conflict">
      <header>
        <strong>{t(`conflicts.kinds.${conflict.kind}`)}</strong>
        <time className="aside figures" dateTime={conflict.openedAt}>
          {dayjs(conflict.openedAt).format('YYYY-MM-DD HH:mm')}
        </time>
      </header>
      <Comparison conflict={conflict} hospitalName={hospitalName} />
      {decision === null ? (
        <DecisionForm conflict={conflict} />
      ) : (
        <p className="decision">
          <span className={decision.decision === 'link' ? 'outcome is-permit' : 'outcome'}>
            {t(decision.decision === 'link' ? 'conflicts.linked' : 'conflicts.keptApart')}
          </span>
          {decision.note}{' '}
          <span className="aside">
            {t('conflicts.decidedBy', {
              name: decision.decidedByName,
              at: dayjs(decision.decidedAt).format('YYYY-MM-DD HH:mm'),
            })}
          </span>
        </p>
      )}
    </article>
  );
}

function DecisionForm({ conflict }: { conflict: Conflict }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ note: string }>();
  const decide = useDecideConflict(conflict.conflictId);
  const answer = async (decision: Decision['decision']) => {
    const fields = await form.validateFields().catch(() => null);
    if (fields === null) return;
    decide.mutate(
      { decision, note: fields.note.trim() },
      {
        onSuccess: () => void message.success(t(decision === 'link' ? 'conflicts.linked' : 'conflicts.keptApart')),
      },
    );
  };
  return (
    <Form form={form} className="decision-form" requiredMark={false}>
      <Form.Item
        name="note"
        rules={[{ required: true, whitespace: true, message: t('conflicts.noteNeeded') }]}
        className="grow"
      >
        <Input maxLength={2000} placeholder={t('conflicts.notePlaceholder')} aria-label={t('conflicts.note')} />
      </Form.Item>
      <Button loading={decide.isPending} onClick={() => void answer('keep-apart')}>
        {t('conflicts.keepApart')}
      </Button>
      <Button
        type="primary"
        loading={decide.isPending}
        disabled={conflict.otherPerson === null}
        onClick={() => void answer('link')}
      >
        {t('conflicts.link')}
      </Button>
      {decide.isError && <ProblemNotice error={decide.error} />}
    </Form>
  );
}
