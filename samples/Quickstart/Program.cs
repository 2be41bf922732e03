// The quickstart replaces this line.
return;
