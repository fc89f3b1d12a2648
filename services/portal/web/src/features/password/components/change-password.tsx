import { ProblemNotice } from '@yinglian/web/browser';
import { Alert, Button, Form, Input, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type PasswordChange, useChangePassword } from '../api/change-password.js';

const [SHORTEST, LONGEST] = [10, 128];

/** One's own password, and the way to another one. */
export function ChangePassword({ account }: { account: string }) {
  const { t } = useTranslation();
  const change = useChangePassword();
  const [isOpen, setOpen] = useState(false);
  return (
    <section className="panel account-part">
      <h2>{t('password.title')}</h2>
      {isOpen ? (
        <Fields
          account={account}
          error={change.error}
          isPending={change.isPending}
          onSubmit={(wanted) => change.mutate(wanted, { onSuccess: () => setOpen(false) })}
          onCancel={() => {
            setOpen(false);
            change.reset();
          }}
        />
      ) : (
        <>
          {change.isSuccess && <Alert type="success" showIcon title={t('password.changed')} />}
          <p className="aside">{t('password.why')}</p>
          <Button onClick={() => setOpen(true)}>{t('password.change')}</Button>
        </>
      )}
    </section>
  );
}

interface FieldsProps {
  readonly account: string;
  readonly error: Error | null;
  readonly isPending: boolean;
  onSubmit(change: PasswordChange): void;
  onCancel(): void;
}

function Fields({ account, error, isPending, onSubmit, onCancel }: FieldsProps) {
  const { t } = useTranslation();
  return (
    <Form<PasswordChange>
      layout="vertical"
      requiredMark={false}
      onFinish={({ current, password }) => onSubmit({ current, password })}
    >
      {/* Whoever keeps passwords for somebody knows by it whose this is. */}
      <input name="username" value={account} autoComplete="username" hidden readOnly />
      <Form.Item
        name="current"
        label={t('password.current')}
        rules={[{ required: true, message: t('password.needed') }]}
      >
        <Input.Password autoComplete="current-password" maxLength={LONGEST} autoFocus />
      </Form.Item>
      <Form.Item
        name="password"
        label={t('password.next')}
        extra={t('password.hint')}
        rules={[{ required: true, min: SHORTEST, message: t('password.tooShort') }]}
      >
        <Input.Password autoComplete="new-password" maxLength={LONGEST} />
      </Form.Item>
      <Form.Item
        name="again"
        label={t('password.again')}
        dependencies={['password']}
        rules={[
          ({ getFieldValue }) => ({
            validator: (_, again) =>
              again === getFieldValue('password')
                ? Promise.resolve()
                : Promise.reject(new Error(t('password.differs'))),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" maxLength={LONGEST} />
      </Form.Item>
      {error !== null && (
        <Form.Item>
          <ProblemNotice error={error} />
        </Form.Item>
      )}
      <Space wrap>
        <Button type="primary" htmlType="submit" loading={isPending}>
          {t('password.change')}
        </Button>
        <Button onClick={onCancel}>{t('actions.cancel')}</Button>
      </Space>
    </Form>
  );
}
