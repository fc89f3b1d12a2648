import type { Role } from '@yinglian/contracts';
import { Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { dutiesAreApart, rolesAt } from '../domain/duties.js';

/** The roles that there are at a place; those that exclude one another are refused before they are sent. */
export function RolesField({ hospital }: { hospital: string | null }) {
  const { t } = useTranslation();
  return (
    <Form.Item
      name="roles"
      label={t('staff.roles')}
      rules={[
        { required: true, message: t('actions.required') },
        {
          validator: (_rule, roles: readonly Role[] = []) =>
            dutiesAreApart(roles) ? Promise.resolve() : Promise.reject(new Error(t('problems.DUTIES_NOT_APART'))),
        },
      ]}
    >
      <Select mode="multiple" options={rolesAt(hospital).map((role) => ({ value: role, label: t(`roles.${role}`) }))} />
    </Form.Item>
  );
}
