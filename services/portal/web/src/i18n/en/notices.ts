export const notices = {
  title: 'Notices',
  unread: '{{count}} unread notices',
  none: 'There are no notices',
  opened: '{{name}} opened images in an emergency',
  ended: '{{name}} looked at your images in an emergency',
  overdue: 'The emergency access of {{name}} is overdue for review',
  look: 'Look',
  read: 'Mark as read',
};
