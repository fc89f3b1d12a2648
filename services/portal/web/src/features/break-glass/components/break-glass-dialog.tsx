import type { BreakGlassKind } from '@yinglian/contracts';
import { Problem, ProblemNotice } from '@yinglian/web/browser';
import { Form, Input, Modal, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { ProveFirst } from '../../../session/prove-first.js';
import { useBreakGlass } from '../api/break-glass.js';
import { KINDS } from '../domain/glass.js';

interface Props {
  readonly personId: string;
  readonly open: boolean;
  /** Whether the session has proved its second factor just now, so that nothing is typed in vain. */
  readonly isProved: boolean;
  onClose(): void;
}

/** Which emergency it is, and what happened; what follows from it is said before. */
export function BreakGlassDialog({ personId, open, isProved, onClose }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ kind: BreakGlassKind; reason: string }>();
  const breakGlass = useBreakGlass(personId);
  const mustProve = breakGlass.error instanceof Problem && breakGlass.error.code === 'SECOND_FACTOR_NEEDED';
  return (
    <Modal
      open={open}
      title={t('glass.title')}
      okText={t('glass.submit')}
      okButtonProps={{ danger: true, disabled: !isProved }}
      cancelText={t('actions.cancel')}
      confirmLoading={breakGlass.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
      destroyOnHidden
      width={520}
    >
      <p>{t('glass.means')}</p>
      <ul className="glass-follows">
        <li>{t('glass.follows.limit')}</li>
        <li>{t('glass.follows.notice')}</li>
        <li>{t('glass.follows.review')}</li>
      </ul>
      {(!isProved || mustProve) && <ProveFirst onProved={() => breakGlass.reset()} />}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        disabled={!isProved}
        onFinish={({ kind, reason }) => breakGlass.mutate({ kind, reason: reason.trim() }, { onSuccess: onClose })}
      >
        <Form.Item name="kind" label={t('glass.kind')} rules={[{ required: true, message: t('actions.required') }]}>
          <Radio.Group
            className="glass-kinds"
            options={KINDS.map((kind) => ({ value: kind, label: t(`glass.kinds.${kind}`) }))}
          />
        </Form.Item>
        <Form.Item
          name="reason"
          label={t('glass.reason')}
          rules={[{ required: true, whitespace: true, min: 10, message: t('glass.tooShort') }]}
        >
          <Input.TextArea rows={3} maxLength={500} showCount placeholder={t('glass.placeholder')} />
        </Form.Item>
        {breakGlass.isError && !mustProve && <ProblemNotice error={breakGlass.error} />}
      </Form>
    </Modal>
  );
}
