import { ProblemNotice } from '@yinglian/web/browser';
import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSignIn } from '../api/session.js';

export function SignIn() {
  const { t } = useTranslation();
  const signIn = useSignIn();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate({ username, password });
  };
  return (
    <form className="sign-in" onSubmit={submit}>
      <label htmlFor="username">{t('session.username')}</label>
      <Input
        id="username"
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        autoFocus
        size="large"
        value={username}
        onChange={(event) => setUsername(event.target.value)}
      />
      <label htmlFor="password">{t('session.password')}</label>
      <Input.Password
        id="password"
        name="password"
        autoComplete="current-password"
        size="large"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      {signIn.isError && <ProblemNotice error={signIn.error} />}
      <Button
        type="primary"
        size="large"
        htmlType="submit"
        block
        loading={signIn.isPending}
        disabled={username.trim() === '' || password === ''}
      >
        {t('session.signIn')}
      </Button>
      <p className="fine-print">{t('session.local')}</p>
    </form>
  );
}
