import { ProblemNotice } from '@yinglian/web/browser';
import { Button, Empty, Form, Input, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Department, useAddDepartment, useDepartments } from '../api/departments.js';
import { DepartmentHead } from './department-head.js';

export function Departments({ hospital }: { hospital: string }) {
  const { t } = useTranslation();
  const departments = useDepartments(hospital);
  const add = useAddDepartment(hospital);
  const [form] = Form.useForm<Department>();
  if (departments.isPending) return <Skeleton active />;
  if (departments.isError)
    return <ProblemNotice error={departments.error} onRetry={() => void departments.refetch()} />;
  return (
    <>
      {departments.data.length === 0 && (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('departments.none')} />
      )}
      <ul className="plain-list">
        {departments.data.map((department) => (
          <li key={department.code}>
            <span>{department.name}</span>
            <span className="aside figures">{department.code}</span>
            <DepartmentHead hospital={hospital} department={department} />
          </li>
        ))}
      </ul>
      <Form
        form={form}
        layout="inline"
        className="inline-form"
        onFinish={(department) => add.mutate(department, { onSuccess: () => form.resetFields() })}
      >
        <Form.Item
          name="code"
          normalize={(value: string) => value.toUpperCase()}
          rules={[{ required: true, pattern: /^[A-Z0-9][A-Z0-9_-]{0,15}$/, message: '' }]}
        >
          <Input placeholder={t('departments.code')} maxLength={16} style={{ width: 110 }} autoComplete="off" />
        </Form.Item>
        <Form.Item name="name" rules={[{ required: true, whitespace: true, message: '' }]}>
          <Input placeholder={t('departments.name')} maxLength={64} style={{ width: 170 }} autoComplete="off" />
        </Form.Item>
        <Button htmlType="submit" loading={add.isPending}>
          {t('departments.add')}
        </Button>
      </Form>
      {add.isError && <ProblemNotice error={add.error} />}
    </>
  );
}
