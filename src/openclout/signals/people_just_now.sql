-- question: How many different people did it move in the last hours (a sixteenth of h halves their weight)?
-- unit: people        family: reach        over: engagers
voices(pow(2, -age * 16))
