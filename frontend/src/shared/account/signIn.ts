import { createContext, useContext } from 'react';

/** Opens the way in; given by the page, since it belongs to one of its parts. */
export const SignInContext = createContext<() => void>(() => undefined);

/** Returns what leads somebody in who is about to do what only people with an account can. */
export function useSignIn(): () => void {
  return useContext(SignInContext);
}
