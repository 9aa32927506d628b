import { ApiError } from '../data/api';
import { t } from '../i18n';

/** What a failure means to the user. What is not the controller's failure is a fault of ours and goes on. */
export function explain(failure: unknown): string {
  if (!(failure instanceof ApiError)) throw failure;
  if (failure.status === 0) return t('error.unreachable');
  if (failure.message) return failure.message;
  if (failure.status === 403) return t('error.forbidden');
  return t('error.status', { status: failure.status });
}
