import { useMutation, useQueryClient } from '@tanstack/react-query';
import { askJson } from '../../../http/ask.js';
import type { Disposal } from '../domain/disposal.js';

export type Deciding =
  | { readonly step: 'confirm'; readonly studyInstanceUid: string; readonly note: string }
  | { readonly step: 'register' | 'takeBack'; readonly disposalId: number };

const ADDRESS = '/api/study-registry/disposals';

function decide(deciding: Deciding): Promise<Disposal> {
  const purpose = 'HOPERAT';
  if (deciding.step === 'confirm') {
    const { step: _, ...body } = deciding;
    return askJson(ADDRESS, { method: 'POST', body, purpose });
  }
  const one = `${ADDRESS}/${deciding.disposalId}`;
  return deciding.step === 'register'
    ? askJson(`${one}/registration`, { method: 'POST', purpose })
    : askJson(one, { method: 'DELETE', purpose });
}

/** One of the steps by which a study is given up, or the way back. */
export function useDecideOnDisposal() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: decide,
    // After a refusal too: somebody else may have decided.
    onSettled: () => client.invalidateQueries({ queryKey: ['disposals'] }),
  });
}
