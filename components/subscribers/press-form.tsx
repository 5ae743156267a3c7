import { Button } from "#components/ui/button.tsx";

type Props = {
  action: string;
  children: string;
  quiet?: boolean;
  /** What it is about, where the address alone does not say it. */
  of?: string;
};

/** One button that does one thing at one address. */
export function PressForm({ action, children, quiet, of }: Props) {
  return (
    <form method="post" action={action}>
      {of && <input type="hidden" name="of" value={of} />}
      <Button type="submit" quiet={quiet}>
        {children}
      </Button>
    </form>
  );
}
