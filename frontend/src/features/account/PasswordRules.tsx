import { VisuallyHidden } from '@mantine/core';
import { IconCheck, IconCircle } from '@tabler/icons-react';
import classes from './PasswordRules.module.css';

/** What the user pool asks of a password; infra/constructs/identity.py has it refuse others. */
const RULES: readonly (readonly [what: string, isMet: RegExp])[] = [
  ['12 characters or more', /^.{12,}$/su],
  ['a small letter', /[a-z]/],
  ['a capital letter', /[A-Z]/],
  ['a digit', /[0-9]/],
  ['a symbol, such as ! or -', /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+-]/],
];

/** Names what a password lacks. */
export function missingOf(password: string): string[] {
  return RULES.filter(([, isMet]) => !isMet.test(password)).map(([what]) => what);
}

/** Says what a password needs, with a mark at what it has. It describes a field, hence no list but words. */
export function PasswordRules({ password }: { password: string }) {
  return (
    <span className={classes.rules}>
      {RULES.map(([what, isMet]) => {
        const met = isMet.test(password);
        const Mark = met ? IconCheck : IconCircle;
        return (
          <span key={what} className={classes.rule} data-met={met || undefined}>
            <Mark size={14} stroke={2.5} aria-hidden />
            {what}
            <VisuallyHidden>{met ? ': there. ' : ': missing. '}</VisuallyHidden>
          </span>
        );
      })}
    </span>
  );
}
