import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOpenGlass } from '../../features/break-glass/api/break-glass.js';
import { BreakGlassDialog } from '../../features/break-glass/components/break-glass-dialog.js';
import { isProvedLately } from '../../session/account.js';
import { useAccount } from '../../session/session-context.js';

/** Where a clinician opens what the patient closed, in an emergency; nothing while it is open. */
export function EmergencyAccess({ personId }: { personId: string }) {
  const { t } = useTranslation();
  const { secondFactorAt } = useAccount();
  const open = useOpenGlass(true);
  const [isAsked, setAsked] = useState(false);
  if (open.data?.some((glass) => glass.personId === personId)) return null;
  return (
    <div className="emergency-access">
      <Button danger size="small" onClick={() => setAsked(true)}>
        {t('glass.title')}
      </Button>
      <BreakGlassDialog
        personId={personId}
        open={isAsked}
        isProved={isProvedLately(secondFactorAt, Date.now())}
        onClose={() => setAsked(false)}
      />
    </div>
  );
}
