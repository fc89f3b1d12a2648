import { ProblemNotice } from '@yinglian/web/browser';
import { Alert, App, Button, Form, Input, InputNumber, Space, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSaveWorkstation } from '../api/workstations.js';
import {
  faultOf,
  isWorkstationTitle,
  NEW_WORKSTATION,
  type Workstation,
  type WorkstationToSave,
} from '../domain/workstation.js';
import { CertificatesField } from './certificates-field.js';

interface Props {
  readonly hospital: string;
  /** Null for a new one. */
  readonly workstation: Workstation | null;
  onDone(): void;
}

const MOST_ASSOCIATIONS = 100;
const HIGHEST_PORT = 65_535;

/** A new workstation, or the one given, whose AE title stays. */
export function WorkstationForm({ hospital, workstation, onDone }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const save = useSaveWorkstation(hospital, workstation);
  const [fault, setFault] = useState<ReturnType<typeof faultOf>>();
  const submit = (typed: WorkstationToSave) => {
    const { aeTitle, name, host, port } = typed;
    const values = {
      ...typed,
      aeTitle: aeTitle.trim(),
      name: name?.trim() || null,
      host: host?.trim() || null,
      port: port ?? null,
    };
    const found = faultOf(values);
    setFault(found);
    if (found !== undefined) return;
    save.mutate(values, {
      onSuccess: () => {
        void message.success(t('workstations.saved'));
        onDone();
      },
    });
  };
  return (
    <Form<WorkstationToSave>
      name="workstation"
      layout="vertical"
      requiredMark={false}
      initialValues={workstation ?? NEW_WORKSTATION}
      onValuesChange={() => setFault(undefined)}
      onFinish={submit}
    >
      <Form.Item
        name="aeTitle"
        label={t('workstations.aeTitle')}
        extra={t('workstations.aeTitleHint')}
        rules={[
          {
            validator: async (_, title: string) => {
              if (!isWorkstationTitle(title)) throw new Error(t('workstations.aeTitleInvalid'));
            },
          },
        ]}
      >
        <Input disabled={workstation !== null} maxLength={16} autoComplete="off" className="figures" />
      </Form.Item>
      <Form.Item name="name" label={t('workstations.name')}>
        <Input maxLength={64} autoComplete="off" placeholder={t('workstations.nameHint')} />
      </Form.Item>
      <CertificatesField />
      <Form.Item
        name="plain"
        label={t('workstations.plain')}
        extra={t('workstations.plainHint')}
        valuePropName="checked"
      >
        <Switch />
      </Form.Item>
      <Form.Item label={t('workstations.listens')} extra={t('workstations.listensHint')}>
        <Space.Compact block>
          <Form.Item
            name="host"
            noStyle
            rules={[{ pattern: /^\s*[A-Za-z0-9._:-]*\s*$/, message: t('actions.malformed') }]}
          >
            <Input maxLength={253} autoComplete="off" className="figures" placeholder={t('workstations.host')} />
          </Form.Item>
          <Form.Item name="port" noStyle>
            <InputNumber min={1} max={HIGHEST_PORT} precision={0} placeholder={t('workstations.port')} />
          </Form.Item>
        </Space.Compact>
      </Form.Item>
      <Form.Item name="tls" label={t('workstations.tls')} valuePropName="checked">
        <Switch />
      </Form.Item>
      <Form.Item name="maximumAssociations" label={t('workstations.maximumAssociations')}>
        <InputNumber min={1} max={MOST_ASSOCIATIONS} precision={0} />
      </Form.Item>
      {fault !== undefined && <Alert type="error" showIcon title={t(`workstations.faults.${fault}`)} />}
      {save.isError && <ProblemNotice error={save.error} />}
      <Space className="form-submit">
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t('actions.save')}
        </Button>
        <Button onClick={onDone}>{t('actions.cancel')}</Button>
      </Space>
    </Form>
  );
}
