import { ProblemNotice } from '@yinglian/web/browser';
import { Button, Form, Input, Select, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import { type NewStaffMember, useAddStaff } from '../api/staff.js';
import { rolesAt } from '../domain/duties.js';
import { WhyField } from './change-roles.js';
import { RolesField } from './roles-field.js';
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

export function AddStaff({ hospital, departments, onDone }: Props) {
  const { t } = useTranslation();
  const showPassword = useShownPassword();
  const add = useAddStaff();
  const submit = ({ department, ...member }: Omit<NewStaffMember, 'hospital'>) =>
    add.mutate(
      { ...member, hospital, department: department ?? null },
      {
        onSuccess: ({ initialPassword }) => {
          onDone();
          showPassword(t('staff.passwordTitle'), initialPassword, t('staff.waits'));
        },
      },
    );
  return (
    <Form
      layout="vertical"
      requiredMark={false}
      className="boxed-form"
      initialValues={{ roles: rolesAt(hospital).slice(0, 1) }}
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
      <RolesField hospital={hospital} />
      {hospital !== null && (
        <Form.Item name="department" label={t('staff.department')}>
          <Select allowClear options={departments.map(({ code, name }) => ({ value: code, label: name }))} />
        </Form.Item>
      )}
      <WhyField />
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
