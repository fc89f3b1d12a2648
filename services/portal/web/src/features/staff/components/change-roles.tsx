import type { Role } from '@yinglian/contracts';
import { ProblemNotice } from '@yinglian/web/browser';
import { App, Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { type StaffMember, useChangeStaff, useProposeRoles } from '../api/staff.js';
import { RolesField } from './roles-field.js';

interface Props {
  readonly member: StaffMember;
  readonly open: boolean;
  onClose(): void;
}

/** What gives somebody more waits for a second person; what takes away works at once. */
export function ChangeRoles({ member, open, onClose }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ roles: Role[]; reason?: string }>();
  const propose = useProposeRoles();
  const change = useChangeStaff();
  const wanted = Form.useWatch('roles', form) ?? member.roles;
  const grows = !member.active || wanted.some((role) => !member.roles.includes(role));
  const { username, version } = member;
  const submit = ({ roles, reason = '' }: { roles: Role[]; reason?: string }) => {
    if (!grows) return change.mutate({ username, version, roles }, { onSuccess: onClose });
    return propose.mutate(
      { username, version, roles, reason: reason.trim() },
      {
        onSuccess: () => {
          onClose();
          void message.success(t('staff.waits'));
        },
      },
    );
  };
  const error = propose.error ?? change.error;
  return (
    <Modal
      open={open}
      title={t(member.active ? 'staff.changeRolesOf' : 'staff.reactivateOf', { name: member.displayName })}
      okText={t(grows ? 'staff.propose' : 'actions.save')}
      cancelText={t('actions.cancel')}
      confirmLoading={propose.isPending || change.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
      destroyOnHidden
      width={480}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ roles: member.roles }}
        onFinish={submit}
      >
        <RolesField hospital={member.hospital} />
        {grows && <WhyField />}
        {error !== null && <ProblemNotice error={error} />}
      </Form>
    </Modal>
  );
}

/** Why somebody is to have it, for whoever approves it. */
export function WhyField() {
  const { t } = useTranslation();
  return (
    <Form.Item
      name="reason"
      label={t('staff.reason')}
      extra={t('staff.twoPeople')}
      rules={[{ required: true, whitespace: true, message: t('actions.required') }]}
    >
      <Input.TextArea rows={2} maxLength={500} placeholder={t('staff.reasonPlaceholder')} />
    </Form.Item>
  );
}
