import type { Role } from '@yinglian/contracts';
import { ProblemNotice } from '@yinglian/web/browser';
import { Button, Form, Input, Select, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import { type NewStaffMember, useAddStaff } from '../api/staff.js';
import { useShownPassword } from './shown-password.js';

export interface DepartmentChoice {
  readonly code: string;
  readonly name: string;
}

interface Props {
  readonly hospital: string | null;
  readonly departments: readonly DepartmentChoice[];
  onDone(): void;
}

const ROLES_OF_HOSPITALS: readonly Role[] = ['clinician', 'steward', 'auditor'];
const ROLES_OF_THE_COMMISSION: readonly Role[] = ['administrator', 'auditor', 'steward'];

export function AddStaff({ hospital, departments, onDone }: Props) {
  const { t } = useTranslation();
  const showPassword = useShownPassword();
  const add = useAddStaff();
  const roles = hospital === null ? ROLES_OF_THE_COMMISSION : ROLES_OF_HOSPITALS;
  const submit = ({ department, ...member }: Omit<NewStaffMember, 'hospital'>) =>
    add.mutate(
      { ...member, hospital, department: department ?? null },
      {
        onSuccess: ({ initialPassword }) => {
          onDone();
          showPassword(t('staff.passwordTitle'), initialPassword);
        },
      },
    );
  return (
    <Form
      layout="vertical"
      requiredMark={false}
      className="boxed-form"
      initialValues={{ roles: [roles[0]] }}
      onFinish={submit}
    >
      <Form.Item
        name="displayName"
        label={t('staff.displayName')}
        rules={[{ required: true, whitespace: true, message: t('actions.required') }]}
      >
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="username"
        label={t('staff.username')}
        extra={t('staff.usernameHint')}
        normalize={(value: string) => value.toLowerCase()}
        rules={[
          { required: true, message: t('actions.required') },
          { pattern: /^[a-z0-9][a-z0-9._-]{1,62}[a-z0-9]$/, message: t('actions.malformed') },
        ]}
      >
        <Input maxLength={64} autoComplete="off" className="figures" />
      </Form.Item>
      <Form.Item name="roles" label={t('staff.roles')} rules={[{ required: true, message: t('actions.required') }]}>
        <Select mode="multiple" options={roles.map((role) => ({ value: role, label: t(`roles.${role}`) }))} />
      </Form.Item>
      {hospital !== null && (
        <Form.Item name="department" label={t('staff.department')}>
          <Select allowClear options={departments.map(({ code, name }) => ({ value: code, label: name }))} />
        </Form.Item>
      )}
      {add.isError && <ProblemNotice error={add.error} />}
      <Space>
        <Button type="primary" htmlType="submit" loading={add.isPending}>
          {t('actions.add')}
        </Button>
        <Button onClick={onDone}>{t('actions.cancel')}</Button>
      </Space>
    </Form>
  );
}
