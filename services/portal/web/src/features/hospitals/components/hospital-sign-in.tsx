import { ProblemNotice } from '@yinglian/web/browser';
import { Button, Form, Input, Popconfirm, Skeleton, Space, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { type SignInProvider, useHospitalSignIn, useSetHospitalSignIn } from '../api/hospital-sign-in.js';

/** The hospital's own OpenID provider, and what is to be entered there. */
export function HospitalSignIn({ hospital }: { hospital: string }) {
  const { t } = useTranslation();
  const known = useHospitalSignIn(hospital);
  const set = useSetHospitalSignIn(hospital);
  const [form] = Form.useForm<SignInProvider>();
  if (known.isPending) return <Skeleton active />;
  if (known.isError) return <ProblemNotice error={known.error} onRetry={() => void known.refetch()} />;
  const { provider, redirectUri, jwksUri } = known.data;
  const required = [{ required: true, whitespace: true, message: t('actions.required') }];
  const registered = [
    { label: t('hospitals.signIn.redirectUri'), value: redirectUri },
    { label: t('hospitals.signIn.jwksUri'), value: jwksUri },
  ];
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={provider ?? {}}
      onFinish={({ issuer, clientId }) => set.mutate({ issuer: issuer.trim(), clientId: clientId.trim() })}
    >
      <p className="aside">{t('hospitals.signIn.hint')}</p>
      <Form.Item name="issuer" label={t('hospitals.signIn.issuer')} rules={required}>
        <Input maxLength={300} placeholder="https://" className="figures" />
      </Form.Item>
      <Form.Item name="clientId" label={t('hospitals.signIn.clientId')} rules={required}>
        <Input maxLength={200} className="figures" />
      </Form.Item>
      <p className="aside">{t('hospitals.signIn.register')}</p>
      {registered.map(({ label, value }) => (
        <div key={label}>
          <span className="aside">{label}</span>
          <Typography.Paragraph copyable className="figures">
            {value}
          </Typography.Paragraph>
        </div>
      ))}
      {set.isError && <ProblemNotice error={set.error} />}
      <Space>
        <Button type="primary" htmlType="submit" loading={set.isPending}>
          {t('actions.save')}
        </Button>
        {provider !== null && (
          <Popconfirm
            title={t('hospitals.signIn.removeSure')}
            okText={t('hospitals.signIn.remove')}
            cancelText={t('actions.cancel')}
            onConfirm={() => set.mutate(null, { onSuccess: () => form.setFieldsValue({ issuer: '', clientId: '' }) })}
          >
            <Button danger>{t('hospitals.signIn.remove')}</Button>
          </Popconfirm>
        )}
      </Space>
    </Form>
  );
}
