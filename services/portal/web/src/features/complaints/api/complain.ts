import { useMutation } from '@tanstack/react-query';
import { askJson } from '../../../http/ask.js';

/** A patient says what is wrong about a look; auditors have a case of it. To say it again changes nothing. */
export const useComplain = (accessId: string) =>
  useMutation({
    mutationFn: (reason: string) =>
      askJson<{ caseId: string }>('/api/consent-audit/cases', {
        method: 'POST',
        body: { accessId, reason },
        purpose: 'PATRQT',
      }),
  });
